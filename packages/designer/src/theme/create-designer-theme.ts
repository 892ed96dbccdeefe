import {
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
  Menu,
  Popover,
  Portal,
  Tooltip,
} from "@mantine/core";

const once: MantineColorsTuple = [
  "#f3f5fe",
  "#e4ebff",
  "#ccd8ff",
  "#abbefe",
  "#869efc",
  "#6279f1",
  "#455add",
  "#394ac5",
  "#2d3ba2",
  "#202b74",
];
const gray: MantineColorsTuple = [
  "#f9fafc",
  "#f3f4f7",
  "#e6e8ec",
  "#d6d9df",
  "#b4b7bf",
  "#858a94",
  "#646974",
  "#4b505a",
  "#2c3039",
  "#15181f",
];
const dark: MantineColorsTuple = [
  "#ebedf0",
  "#cfd1d6",
  "#a6a9b1",
  "#7d818b",
  "#494d56",
  "#343840",
  "#272a31",
  "#1f2228",
  "#17191f",
  "#0e1015",
];

/** The Mantine theme of one designer; its menus and tooltips open inside `portal`, where the designer's styles reach. */
export function createDesignerTheme(portal: HTMLElement | null): MantineThemeOverride {
  return createTheme({
    primaryColor: "once",
    primaryShade: { light: 6, dark: 4 },
    autoContrast: true,
    colors: { once, gray, dark },
    fontFamily: "var(--of-font)",
    fontFamilyMonospace: "var(--of-mono)",
    defaultRadius: "sm",
    radius: { xs: "4px", sm: "6px", md: "8px", lg: "10px", xl: "14px" },
    spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
    fontSizes: { xs: "11px", sm: "12px", md: "13px", lg: "15px", xl: "20px" },
    lineHeights: { xs: "16px", sm: "16px", md: "18px", lg: "22px", xl: "28px" },
    respectReducedMotion: true,
    components: {
      Portal: Portal.extend({ defaultProps: portal ? { target: portal } : {} }),
      Tooltip: Tooltip.extend({
        defaultProps: {
          openDelay: 400,
          events: { hover: true, focus: true, touch: false },
          withinPortal: true,
          classNames: { tooltip: "of-tooltip" },
        },
      }),
      Menu: Menu.extend({
        defaultProps: {
          withInitialFocusPlaceholder: false,
          transitionProps: { duration: 90 },
          classNames: { dropdown: "of-menu", item: "of-menu-item" },
        },
      }),
      Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 90 } } }),
    },
  });
}
