import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Span } from '@opentelemetry/api';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { runAs } from './spans.ts';

export interface TraceSettings {
  /** The collector, by OTLP over HTTP. */
  endpoint: string;
  /** The part of all traces that is kept, unless the caller has decided. */
  share: number;
}

export interface Tracing {
  /** Runs the answer to a request as a span, which continues the caller's trace if there is one. */
  serve(request: IncomingMessage, response: ServerResponse, answer: () => Promise<void>): Promise<void>;
  /** Sends what is left; a collector that does not take it is not waited for. */
  close(): Promise<void>;
}

const closeMs = 1000;

/** Traces one service. Without settings there is nothing: no library is loaded and nothing is sent anywhere. */
export async function createTracing(service: string, settings: TraceSettings | null): Promise<Tracing | null> {
  if (!settings) return null;
  const [{ BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider }, exporting, core, about] =
    await Promise.all([
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/core'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new exporting.OTLPTraceExporter({ url: `${settings.endpoint}/v1/traces` });
  const provider = new TracerProvider({
    resource: about.resourceFromAttributes({ 'service.name': service, 'process.pid': process.pid }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(settings.share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('customer360');
  const propagator = new core.W3CTraceContextPropagator();
  const headersOf = (span: Span) => {
    const headers: Record<string, string> = {};
    propagator.inject(trace.setSpan(ROOT_CONTEXT, span), headers, defaultTextMapSetter);
    return headers;
  };

  return {
    async serve(request, response, answer) {
      const caller = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
      const method = request.method ?? 'GET';
      const span = tracer.startSpan(
        `${method} /graphql`,
        { kind: SpanKind.SERVER, attributes: { 'http.request.method': method, 'http.route': '/graphql' } },
        caller,
      );
      response.once('close', () => {
        span.setAttribute('http.response.status_code', response.statusCode);
        if (response.statusCode >= 500 || !response.writableFinished) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      });
      await runAs({ span, tracer, headersOf }, answer);
    },
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, closeMs);
      });
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}
