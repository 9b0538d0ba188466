export { type NewApp, type NewAppOptions, newApp } from './new/new-app';
export { readTemplates, type Template, type TemplateFile } from './new/templates';
export { Refusal } from './refusal';
