// The door of the sentences: what an entry or a read says, in the words of a language; English is here, other languages follow its keys.

export { accessSentence, accessSentences } from "./access.ts";
export { englishSentences } from "./english.ts";
export { englishWords } from "./english-words.ts";
export { identitySentences } from "./identity.ts";
export { imagingSentences } from "./imaging.ts";
export { countIn, type Language, listIn, type Sentence, textIn } from "./sentence.ts";
export { sentenceOf, sentenceText, whoIs } from "./sentence-of.ts";
