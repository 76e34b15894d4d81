export interface Elsewhere { a: string }
