/** Glyphs that an encoding lacks, each with how often it was met. */
export type Unmapped = { glyph: string; count: number }[];
