export interface Thing {
  name: string;
}
export type { Thing as Item };
