// Writes src/api/schema.ts from the server's own description of its API, so that the two cannot disagree.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import openapi, { astToString, COMMENT_HEADER } from 'openapi-typescript'
import ts from 'typescript'

const number = ts.factory.createKeywordTypeNode(ts.SyntaxKind.NumberKeyword)
const nothing = ts.factory.createLiteralTypeNode(ts.factory.createNull())

// The server reads numbers from strings too, and its description says so of what it writes; it only ever writes numbers.
function transform(schema) {
  const types = Array.isArray(schema.type) ? schema.type : []
  if (!types.includes('string') || !(types.includes('integer') || types.includes('number'))) return undefined
  return types.includes('null') ? ts.factory.createUnionTypeNode([number, nothing]) : number
}

const ast = await openapi(new URL('../../openapi.json', import.meta.url), { transform })
const target = new URL('../src/api/schema.ts', import.meta.url)
const text = COMMENT_HEADER + astToString(ast)
// A file that says the same keeps its time, so that nothing is built again because of it.
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text)
