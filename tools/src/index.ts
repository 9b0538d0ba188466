export { estimateOf } from './assembly/estimate-of';
export type { Assembly, AssemblyResource, AssemblyStack, Check, Finding } from './assembly/model';
export { readAssembly } from './assembly/read-assembly';
export { type Change, type Comparison, compare } from './cost/comparison';
export { type NewApp, type NewAppOptions, newApp } from './new/new-app';
export { readTemplates, type Template, type TemplateFile } from './new/templates';
export { Refusal } from './refusal';
