import { bundleScript } from '../../../scripts/shopware-app/bundle-scripts';

const includes: Readonly<Record<string, string>> = {
  'a.twig':
    "{# what a is #}\n{% macro first(x) %}\n    {% import 'include/b.twig' as b %}\n    {% return b.second(x) %}\n{% endmacro %}\n",
  'b.twig': '{% macro second(x) %}\n    {% return x %}\n{% endmacro %}\n',
  'c.twig': '{% macro second(x) %}{% endmacro %}',
};
const read = (name: string): string => includes[name] ?? '';

describe('bundleScript', () => {
  it('takes the macros in, once each, and leaves comments and indentation out', () => {
    const script =
      "{#\n  several\n  lines\n#}\n{% if x %}\n    {% import 'include/a.twig' as a %}\n{% endif %}\n{% import 'include/b.twig' as b %}\n";
    expect(bundleScript(script, read).split('\n')).toEqual([
      '{% if x %}',
      '{% import _self as a %}',
      '{% endif %}',
      '{% import _self as b %}',
      '{% macro first(x) %}',
      '{% import _self as b %}',
      '{% return b.second(x) %}',
      '{% endmacro %}',
      '{% macro second(x) %}',
      '{% return x %}',
      '{% endmacro %}',
      '',
    ]);
  });

  it('refuses two macros of one name', () => {
    const script = "{% import 'include/b.twig' as b %}{% import 'include/c.twig' as c %}";
    expect(() => bundleScript(script, read)).toThrow('two macros are called second');
  });

  it.each(['{% set b = 1 %}', '{% for b in [1] %}{% endfor %}', '{% macro own(a, b) %}{% endmacro %}'])(
    'refuses a variable of an import’s name: %s',
    (more) => {
      expect(() => bundleScript(`{% import 'include/b.twig' as b %}${more}`, read)).toThrow('b is an import and a variable');
    },
  );
});
