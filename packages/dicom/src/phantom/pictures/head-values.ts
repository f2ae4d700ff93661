// What a CT and an MR see of each tissue in a head.

/** One value for each tissue of the head, in the unit of the picture. */
export interface HeadValues {
  readonly air: number;
  readonly skin: number;
  readonly fat: number;
  readonly muscle: number;
  readonly bone: number;
  readonly diploe: number;
  readonly fluid: number;
  readonly grey: number;
  readonly white: number;
  readonly nucleus: number;
  readonly pallidum: number;
  readonly dura: number;
  readonly vessel: number;
  readonly vitreous: number;
  readonly lens: number;
  readonly nerve: number;
  readonly mucosa: number;
  readonly calcium: number;
  readonly plexus: number;
  readonly blood: number;
  readonly oedema: number;
}

/** Hounsfield units without contrast. */
export const headHu: HeadValues = {
  air: -1000,
  skin: 28,
  fat: -88,
  muscle: 54,
  bone: 1250,
  diploe: 520,
  fluid: 6,
  grey: 39,
  white: 29,
  nucleus: 41,
  pallidum: 39,
  dura: 56,
  vessel: 44,
  vitreous: 9,
  lens: 88,
  nerve: 36,
  mucosa: 30,
  calcium: 190,
  plexus: 96,
  blood: 68,
  oedema: 18,
};

/** Signal of a T2-weighted turbo spin echo, fluid about 1000. */
export const headT2: HeadValues = {
  air: 12,
  skin: 300,
  fat: 560,
  muscle: 150,
  bone: 42,
  diploe: 250,
  fluid: 1000,
  grey: 520,
  white: 375,
  nucleus: 455,
  pallidum: 330,
  dura: 120,
  vessel: 60,
  vitreous: 985,
  lens: 170,
  nerve: 350,
  mucosa: 640,
  calcium: 90,
  plexus: 800,
  blood: 140,
  oedema: 760,
};
