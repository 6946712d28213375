/** Valid JSON in spellings that exporters rarely use, each with at least one event. */
export const oddDocuments: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: 'white space everywhere',
    text: ' \n\t[ \r\n { "name" : "a" ,\t"ph"\n:\r"X" , "ts" : 1 , "dur" : 2 , "args" : { "k" : [ 1 , 2 ] } } , { "ph" : "X" } ] \n',
  },
  {
    title: 'an object root with members before and after the events',
    text: '{"a":{"traceEvents":[1]},"b":[[]],"traceEvents":[{"ph":"X","ts":1,"dur":1}],"c":"}]","d":null}',
  },
  { title: 'an object root whose events are empty objects among others', text: '{"traceEvents":[{},{"ph":"X"},{}]}' },
  {
    title: 'keys in reverse order',
    text: '[{"args":{},"dur":1,"ts":2,"tid":3,"pid":4,"cat":"c","ph":"X","name":"n"}]',
  },
  {
    title: 'keys that begin like fields or hold escapes',
    text: '[{"names":"no","na":"no","n":"no","\\u006eame":"yes","p\\u0068":"X","t\\/s":9,"":1,"ts":1,"tsx":2,"idx":3}]',
  },
  {
    title: 'escaped names of every kind',
    text: '[{"name":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\ud83d\\ude42\\u4e2d"},{"name":"中文 🙂 é"},{"name":""},{"cat":"\\u0000"}]',
  },
  {
    title: 'names and ids that are no strings',
    text: '[{"name":12.50,"cat":true,"pid":"x","tid":-1},{"name":false,"pid":1e3,"tid":1.0},{"pid":"007","tid":"-0"}]',
  },
  {
    title: 'numbers with exponents, signs and many digits as times',
    text: `[${[
      ['1e3', '1E-3'],
      ['1.5e+2', '0.0005'],
      ['-1.0005', '0.0005'],
      ['0', '0'],
      ['-0', '-0'],
      ['0.0004999999', '0.0000000001'],
      ['1736408883688177.930', '79089.52021875'],
      ['1736408883688177.9305', '12.770127573574461'],
      ['9007199254740991', '0.001'],
      ['9007199254740991.999', '0'],
      ['1234567890123456', '1e-400'],
      ['1e-7', '8999999999999.5'],
    ]
      .flatMap(([ts, dur]) => [`{"ph":"X","ts":${ts},"dur":${dur}}`, `{"ph":"X","ts":"${ts}","dur":"${dur}"}`])
      .join(',')}]`,
  },
  {
    title: 'times that are none',
    text: '[{"ts":"","dur":""},{"ts":"now","dur":"-1"},{"ts":null,"dur":[]},{"ts":{},"dur":true},{"ts":"1 2","dur":-0.001}]',
  },
  {
    title: 'ids of every length and kind',
    text: '[{"ph":"s","id":7},{"ph":"s","id":"7"},{"ph":"f","id":18446744073709551615},{"ph":"f","id":"0xabc"},{"ph":"t","id":-5}]',
  },
  {
    title: 'names of arrows that end in their id',
    text: '[{"ph":"s","name":"HostToDevice12345","id":12345},{"id":"12345","ph":"f","name":"x12345"},{"ph":"s","name":"12345","id":12345},{"ph":"s","name":"data","id":"a"},{"ph":"f","name":"lane1","id":1}]',
  },
  {
    title: 'a key written twice: the last one counts',
    text: '[{"name":"a\\n","name":"b","ph":"\\u0058","ph":"B","pid":"\\u0031","pid":2,"ts":1e1,"ts":5,"dur":2,"dur":1e1},{"name":"b","name":"\\u0061","ts":5,"ts":1e1}]',
  },
  {
    title: 'args of every shape',
    text: '[{"args":{"a":[{"b":[[],{}]}],"s":"}{][,:\\"","n":-1.5e-3,"t":true,"u":null}},{"args":{}},{"ph":"X","args":{"a":1,"a":2}}]',
  },
  { title: 'control-free long strings', text: `[{"name":"${'x'.repeat(300_000)}"},{"name":"${'é'.repeat(70_000)}"}]` },
  {
    title: 'many small events',
    text: `[${Array.from({ length: 5000 }, (_, i) => `{"ts":${i},"tid":"t${i % 7}"}`).join()}]`,
  },
];
