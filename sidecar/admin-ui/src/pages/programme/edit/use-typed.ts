import { ref, watch, type Ref } from 'vue';

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
