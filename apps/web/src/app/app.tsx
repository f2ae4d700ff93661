// Everything that pages stand on: texts, theme, answers of the node, events, addresses.
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { LanguageProvider } from "../i18n/language.tsx";
import { LiveProvider } from "../ui/live.tsx";
import { newQueryClient } from "../ui/node.ts";
import { router } from "./router.tsx";
import { schemeOf, useTheme } from "./theme.ts";

/** The page. Styles come from files only, so that the content security policy needs no exception for them. */
export function App(): ReactNode {
  const { theme } = useTheme();
  const [queries] = useState(newQueryClient);
  return (
    <MantineProvider forceColorScheme={schemeOf(theme)} withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <LanguageProvider>
          <LiveProvider>
            <RouterProvider router={router} />
          </LiveProvider>
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
