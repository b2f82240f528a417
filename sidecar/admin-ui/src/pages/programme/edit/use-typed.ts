import { ref, watch, type Ref } from 'vue';
import { textOf } from './document-path';
import { useEditor } from './editor';

export interface Typed {
  readonly text: Ref<string>;
  readonly onInput: (event: Event) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

/** What is typed stays as it is typed; once the field is left it shows what was understood. */
export function useTyped(read: () => string, write: (text: string) => void): Typed {
  const text = ref(read());
  let isTyping = false;
  watch(read, (next) => {
    if (!isTyping) text.value = next;
  });
  return {
    text,
    onInput: (event) => {
      text.value = (event.target as HTMLInputElement | HTMLTextAreaElement).value;
      write(text.value);
    },
    onFocus: () => {
      isTyping = true;
    },
    onBlur: () => {
      isTyping = false;
      text.value = read();
    },
  };
}

export interface TextField {
  readonly path: string;
  /** What stands there when nothing is typed; absent = an empty text, which the programme may refuse. */
  readonly empty?: null | undefined;
}

/** A text of the document. */
export function useTypedText(field: TextField): Typed {
  const { get, set } = useEditor();
  return useTyped(
    () => textOf(get(field.path)),
    (typed) => set(field.path, typed.trim() === '' && field.empty === null ? null : typed.trim()),
  );
}
