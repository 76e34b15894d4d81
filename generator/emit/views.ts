import type { CodecGroup } from "./codec/codec-functions.js";

// `strict` does not help where a template asks `{{#each}}` or `{{#if}}` for something that is not there:
// these types do.

interface FileView {
  /** What the first line says the file was made from. */
  readonly source: string;
  readonly imports: readonly string[];
  /** Whether the file is TypeScript. */
  readonly typed: boolean;
  /** Whether it is JavaScript. */
  readonly plain: boolean;
}

interface MemberView {
  /** `chatJoin: MethodContract<[room: string], Line[]>`; in JavaScript its name. */
  readonly declaration: string;
  readonly lines: readonly string[];
}

interface MethodView {
  readonly doc: string;
  readonly signature: string;
  readonly body: string;
}

interface PropertyView {
  readonly doc: string;
  readonly signature: string;
}

export interface CodecsView extends FileView {
  readonly hasPatterns: boolean;
  readonly patterns: readonly string[];
  /** `lineCodec: Codec<Line>`. */
  readonly codecs: readonly string[];
  /** `isLine(value: unknown): value is Line`. */
  readonly guards: readonly string[];
  readonly groups: readonly CodecGroup[];
}

export interface ContractView extends FileView {
  readonly members: readonly MemberView[];
  /** `chatContract: ModuleContract`. */
  readonly declaration: string;
  readonly module: string;
  readonly methods: string;
  readonly pushes: string;
}

export interface StubView extends FileView {
  readonly doc: string;
  readonly name: string;
  readonly methods: readonly MethodView[];
}

export interface SkeletonView extends FileView {
  readonly doc: string;
  readonly module: string;
  /** The first line of the `define…` function. */
  readonly define: string;
  readonly contract: string;
  readonly methods: readonly PropertyView[];
  readonly hasPushes: boolean;
  readonly hasNoPushes: boolean;
  readonly pushes: readonly PropertyView[];
  readonly invokers: readonly string[];
}

export interface ClientModuleView extends FileView {
  readonly members: readonly MemberView[];
  readonly doc: string;
  readonly name: string;
  readonly hasMethods: boolean;
  readonly pushes: readonly PropertyView[];
  readonly assignments: readonly string[];
  readonly methods: readonly MethodView[];
}

export interface RpcView extends FileView {
  /** What handlers get as their last parameter. */
  readonly call: string;
  readonly modules: readonly {
    readonly property: string;
    readonly stub: string;
    /** The type of the stub, and of the field that it is kept in. */
    readonly type: string;
    readonly kept: string;
    readonly doc: string;
  }[];
}

export interface SessionView extends FileView {
  /** The type of what sessions carry. */
  readonly data: string;
}

export interface FailureView {
  readonly doc: string;
  readonly name: string;
  readonly wireName: string;
  readonly fields: readonly { readonly doc: string; readonly declaration: string }[];
  /** The parameter of the constructor. */
  readonly fieldsParameter: string;
  readonly message: string;
  readonly assignments: readonly string[];
  readonly contract: string;
  readonly contractType: string;
  readonly codec: string;
}

export interface FailuresView extends FileView {
  readonly failures: readonly FailureView[];
}

export interface EnumsView extends FileView {
  readonly enums: readonly {
    readonly doc: string;
    readonly name: string;
    readonly alias: string;
    /** The type of the constant with the values. */
    readonly type: string;
    /** How the constant is said to have it. */
    readonly asserted: string;
    readonly members: readonly { readonly doc: string; readonly entry: string }[];
    readonly typed: boolean;
    readonly plain: boolean;
  }[];
}

export interface RoutesView extends FileView {
  /** `routes: Routes`. */
  readonly routes: string;
  readonly methodType: string;
  readonly pushType: string;
  readonly failureType: string;
  readonly forms: readonly string[];
  readonly methods: readonly string[];
  readonly pushes: readonly string[];
  readonly failures: readonly string[];
}

export interface ServerView extends FileView {
  /** `application: Application<Rpc>`. */
  readonly application: string;
  readonly exports: readonly string[];
  readonly modules: readonly string[];
  readonly keys: string;
  /** The codec of what sessions carry, if the IDL says what. */
  readonly sessionData: readonly string[];
  /** The type of the config. */
  readonly config: string;
}

export interface ClientView extends FileView {
  readonly exports: readonly string[];
  readonly modules: readonly {
    readonly property: string;
    /** The field that it is kept in. */
    readonly declaration: string;
    readonly client: string;
    readonly doc: string;
  }[];
}

/** What each template is given. */
export interface Views {
  readonly codecs: CodecsView;
  readonly contract: ContractView;
  readonly stub: StubView;
  readonly skeleton: SkeletonView;
  readonly "client-module": ClientModuleView;
  readonly rpc: RpcView;
  readonly session: SessionView;
  readonly failures: FailuresView;
  readonly enums: EnumsView;
  readonly routes: RoutesView;
  readonly server: ServerView;
  readonly client: ClientView;
}
