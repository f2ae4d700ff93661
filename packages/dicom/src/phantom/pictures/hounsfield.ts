// How much tissues weaken X-rays, in Hounsfield units (air −1000, water 0), at 120 kV with contrast where it says so.

/** Hounsfield units of the tissues in a chest after contrast. */
export const chestHu = {
  air: -1000,
  lung: -868,
  airwayWall: -260,
  fat: -104,
  skin: 18,
  muscle: 58,
  cartilage: 125,
  marrow: 210,
  cortex: 780,
  spongiosa: 190,
  disc: 85,
  blood: 168,
  artery: 205,
  heartMuscle: 108,
  vein: 150,
  fluid: 12,
  cord: 38,
  oesophagus: 48,
  liver: 104,
  spleen: 118,
  nodule: 42,
  table: -420,
  tableShell: -120,
} as const;
