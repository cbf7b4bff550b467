// Turns the rules of uap-core and crawler-user-agents into tab-separated tables, which the server embeds: reading YAML and
// the crawlers' examples at every start would cost more than all the rest of the start. Each table's first line names the
// packages and their versions; an empty cell means that the rule gives no replacement.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { load } from 'js-yaml';

const text = path => readFileSync(new URL(`node_modules/${path}`, import.meta.url), 'utf8');
const version = name => `${name} ${JSON.parse(text(`${name}/package.json`)).version}`;

function write(name, source, rows) {
  if (rows.length === 0) throw new Error(`${source} has no rules for ${name}.`);
  for (const cell of rows.flat())
    if (/[\t\r\n]/.test(cell)) throw new Error(`A rule of ${source} has a tab or a line break: ${cell}`);
  writeFileSync(new URL(`compact/${name}.tsv`, import.meta.url), [source, ...rows.map(row => row.join('\t'))].join('\n') + '\n');
}

mkdirSync(new URL('compact', import.meta.url), { recursive: true });
const rules = load(text('uap-core/regexes.yaml'));
write('browser_rules', version('uap-core'),
  rules.user_agent_parsers.map(rule => [rule.regex, rule.family_replacement ?? '', rule.v1_replacement ?? '']));
write('system_rules', version('uap-core'),
  rules.os_parsers.map(rule => [rule.regex, rule.os_replacement ?? '', rule.os_v1_replacement ?? '', rule.os_v2_replacement ?? '']));
write('crawler_rules', version('crawler-user-agents'),
  JSON.parse(text('crawler-user-agents/crawler-user-agents.json')).map(crawler => [crawler.pattern]));
