// app/layout.jsx
import Script from "next/script";

export default function Layout({ children }) {
  return (
    <html lang="zh-CN">
      <body>
        {children}
        <Script src="https://助手的地址/embed.js" strategy="lazyOnload" data-color="#0b57c7" />
      </body>
    </html>
  );
}
