/** The parts of a page that are made, each between two marks: `<!-- NAME: begin -->` and `<!-- NAME: end -->`. */

/** What stands between the marks of a part. @throws {Error} when the page does not have both, in order, once each */
export function partOf(page: string, name: string): string {
  return cut(page, name)[1].trim();
}

/** The page with one part replaced. @throws {Error} as {@link partOf} */
export function withPart(page: string, name: string, text: string): string {
  const [before, , after] = cut(page, name);
  return `${before}\n\n${text}\n\n${after}`;
}

function cut(page: string, name: string): [before: string, part: string, after: string] {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [before, rest, ...others] = page.split(begin);
  const [part, after, ...more] = rest?.split(end) ?? [];
  if (before === undefined || part === undefined || after === undefined || others.length > 0 || more.length > 0) {
    throw new Error(`the page must have ${begin} and after it ${end}, once each`);
  }
  return [before + begin, part, end + after];
}
