export interface Item {
  c: string;
}
