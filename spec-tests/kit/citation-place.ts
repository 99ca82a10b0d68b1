import ts from 'typescript';

/** Where a citation stands: the titles of its test, or why it stands nowhere. */
export interface CitationPlace {
  readonly title?: string;
  readonly problem?: string;
}

const NOWHERE =
  'stands neither as a line of the function of a test or group nor in a row of a table of tests';
const SKIPPED = 'a test that may be skipped shows no requirement';

/**
 * The place of a call of `requirement`: a line of the function of `it` or `describe` itself, or a member of a row that
 * `it.each` or a loop makes a test of. A test that may be skipped, or is made under a condition, is no place.
 */
export function placeOf(call: ts.CallExpression): CitationPlace {
  const maker = ts.isExpressionStatement(call.parent) ? makerAround(call.parent) : undefined;
  const row = maker === undefined ? rowOf(call) : undefined;
  const test = maker ?? row?.test;
  if (test === undefined) return { problem: NOWHERE };
  const title = [titlesOf(test), row?.label ?? ''].filter((part) => part !== '').join(': ');
  return mayBeSkipped(test) ? { title, problem: SKIPPED } : { title };
}

/** The call of `it` or `describe` in whose function a statement is a line. */
function makerAround({ parent: block }: ts.ExpressionStatement): ts.CallExpression | undefined {
  const { parent: body } = block;
  if (!ts.isBlock(block) || !ts.isFunctionLike(body) || !ts.isCallExpression(body.parent)) return undefined;
  return isMaker(body.parent) ? body.parent : undefined;
}

/** `it(…)`, `describe(…)` or a helper such as `describeShared(…)`, also with `.each(…)` or a word such as `.skip`. */
function isMaker(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && /^(it|test|describe\w*)\b/.test(nameOf(node)) && !isEach(node);
}

/** The call `it.each(rows)`, which makes no test before it is called again. */
function isEach(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && /^(it|test|describe)\.each$/.test(node.expression.getText());
}

/** What is called, without arguments: `it.each` for `it.each(rows)(…)`. */
function nameOf({ expression }: ts.CallExpression): string {
  return ts.isCallExpression(expression) ? nameOf(expression) : expression.getText();
}

/** The test that a table makes of the row in which a call stands, and the first member of the row. */
function rowOf(call: ts.CallExpression): { test: ts.CallExpression; label: string } | undefined {
  let row: ts.Node = call;
  let table: ts.Node = call;
  while (isOfTable(table.parent)) {
    if (ts.isArrayLiteralExpression(table.parent) || ts.isPropertyAssignment(table)) row = table;
    table = table.parent;
  }
  const test = table === call ? undefined : testOf(table);
  return test && { test, label: labelOf(row) };
}

function isOfTable(node: ts.Node): boolean {
  return (
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}

/** The test that is made of each row of a table: `it.each` of it, or of its name, or a loop over its name. */
function testOf(table: ts.Node): ts.CallExpression | undefined {
  const { parent } = table;
  if (isEach(parent)) return isMaker(parent.parent) ? parent.parent : undefined;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return undefined;
  const { text } = parent.name;
  const users = (node: ts.Node): ts.Node | undefined => {
    const each = isEach(node) && node.arguments[0]?.getText() === text;
    const loop = ts.isForOfStatement(node) && new RegExp(`\\b${text}\\b`).test(node.expression.getText());
    return each ? node.parent : loop ? node.statement : ts.forEachChild(node, users);
  };
  const user = users(scopeOf(parent));
  return user && firstTestIn(user);
}

/** The block or file in which a variable is known. */
function scopeOf(variable: ts.VariableDeclaration): ts.Node {
  const isScope = (node: ts.Node): boolean => ts.isBlock(node) || ts.isSourceFile(node);
  return [...ancestorsOf(variable)].find(isScope) ?? variable;
}

function firstTestIn(node: ts.Node): ts.CallExpression | undefined {
  return isMaker(node) ? node : ts.forEachChild(node, firstTestIn);
}

function labelOf(row: ts.Node): string {
  if (ts.isPropertyAssignment(row)) return row.name.getText();
  const first = ts.isArrayLiteralExpression(row)
    ? row.elements[0]
    : ts.isObjectLiteralExpression(row)
      ? row.properties.find(ts.isPropertyAssignment)?.initializer
      : undefined;
  return first === undefined ? '' : textOf(first);
}

function titlesOf(test: ts.CallExpression): string {
  const titles = [...ancestorsOf(test)]
    .filter(isMaker)
    .map(({ arguments: [title] }) => title && textOf(title));
  return titles.reverse().join(' > ');
}

function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : node.getText().replace(/^`|`$/g, '');
}

/** A node and those around it. */
function* ancestorsOf(node: ts.Node): Generator<ts.Node> {
  for (let each = node; each !== undefined; each = each.parent) yield each;
}

/** Whether a test is made under a condition or with a word other than `each`, or may end itself as skipped. */
function mayBeSkipped(test: ts.CallExpression): boolean {
  const skips = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) && /\b(skip|skipIf|runIf|todo)$/.test(node.expression.getText())) ||
    ts.forEachChild(node, (child) => skips(child) || undefined) === true;
  return (
    skips(test) ||
    [...ancestorsOf(test)].some(
      (node) =>
        ts.isIfStatement(node) ||
        ts.isConditionalExpression(node) ||
        (isMaker(node) && !/^(it|test|describe)(\.each)?$/.test(nameOf(node))),
    )
  );
}
