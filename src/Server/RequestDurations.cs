using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.Metadata;

namespace Footfall.Server;

/// <summary>
/// How long requests took, by route, method and status, under the name that OpenTelemetry's conventions give it. In place of the framework's own
/// instruments, which cost a request of the collector a twentieth of its time: more tags, and a second instrument twice a request.
/// </summary>
sealed class RequestDurations : IDisposable
{
    static readonly InstrumentAdvice<double> s_buckets = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] };

    // So that no request makes an object of its status.
    static readonly object[] s_statuses = [.. Enumerable.Range(0, 600).Select(status => (object)status)];

    readonly Meter _meter = new(FootfallMeters.Name);
    readonly Histogram<double> _duration;

    public RequestDurations() =>
        _duration = _meter.CreateHistogram("http.server.request.duration", "s", "From a request's headers to the end of its answer.", tags: null, s_buckets);

    /// <summary>The moment to tell <see cref="Answered"/> of.</summary>
    public static long Begin() => Stopwatch.GetTimestamp();

    /// <summary>Measures every route that does not say that it is not to be measured, or that it does so itself.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        return endpoint?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is null ? MeasureAsync(context, next, (endpoint as RouteEndpoint)?.RoutePattern.RawText) : next(context);
    }

    public void Answered(string? route, string method, int status, long begin) => _duration.Record(
        Stopwatch.GetElapsedTime(begin).TotalSeconds,
        new("http.request.method", method),
        new("http.response.status_code", status < s_statuses.Length ? s_statuses[status] : status),
        new("http.route", route));

    public void Dispose() => _meter.Dispose();

    async Task MeasureAsync(HttpContext context, RequestDelegate next, string? route)
    {
        var begin = Begin();
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            Answered(route, context.Request.Method, status, begin);
        }
    }
}
