import { useRoute, type Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { defineComponent, h, onMounted, watch } from 'vue';
import ThemeBench from './ThemeBench.vue';
import './style.css';

/** The default theme gives every page but the first a main landmark. */
const markHome = (): void => {
  document.querySelector('.VPHome')?.setAttribute('role', 'main');
};

export default {
  extends: DefaultTheme,
  Layout: defineComponent(() => {
    const route = useRoute();
    onMounted(markHome);
    watch(() => route.path, markHome, { flush: 'post' });
    return () => h(DefaultTheme.Layout);
  }),
  enhanceApp({ app }) {
    app.component('ThemeBench', ThemeBench);
  },
} satisfies Theme;
