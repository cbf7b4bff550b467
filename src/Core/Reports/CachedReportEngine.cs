using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>
/// Keeps answers, under keys that name the question and the version of the data it asks about, so that an answer is found only while it is still what the
/// engine would say. The version is read before the engine is asked: what is kept under it may know more than the version says, never less. Who asks
/// what is being computed already waits for that one computation.
/// </summary>
/// <param name="definitionVersion">
/// The processing logic of this program, part of every key. What made the rows, which may be older, an answer states itself; when rows of another making
/// take their place, the versions of their days move.
/// </param>
public sealed class CachedReportEngine(IReportEngine engine, IReportCache cache, IDataVersions versions, Func<string> definitionVersion) : IReportEngine
{
    /// <summary>Longer than a day, so that yesterday's answers are there tomorrow; what is not asked for goes earlier to make room.</summary>
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(30);

    readonly Lock _gate = new();
    readonly Dictionary<string, SharedAnswer> _computing = new(StringComparer.Ordinal);

    public async ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation)
    {
        // Before the version: what came in later may have changed these days after all.
        var complete = versions.CompleteUntil;
        if (await VersionAsync(query, cancellation) is not { } version)
            return await engine.RunAsync(query, cancellation);
        var key = QuestionKey.Of(query, version, definitionVersion());
        if (await cache.GetAsync(key, cancellation) is { } bytes && AnswerJson.TryRead(bytes) is { } known)
            return known with { CompleteUntil = complete ?? known.CompleteUntil };
        return await ComputeOnceAsync(key, query, cancellation);
    }

    /// <summary>Has the answer in the cache for whoever asks next, if answers can be kept now.</summary>
    /// <returns>Whether it had to be computed.</returns>
    /// <exception cref="ReportTimeoutException">It took too long, waiting included. Nothing is left running.</exception>
    public async ValueTask<bool> PrepareAsync(ReportQuery query, CancellationToken cancellation)
    {
        if (await VersionAsync(query, cancellation) is not { } version)
            return false;
        var key = QuestionKey.Of(query, version, definitionVersion());
        if (await cache.GetAsync(key, cancellation) is not null)
            return false;
        await ComputeOnceAsync(key, query, cancellation);
        return true;
    }

    public ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation) =>
        engine.RealtimeAsync(site, now, cancellation);

    public ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation) =>
        engine.TrafficAsync(now, cancellation);

    async Task<ReportAnswer> ComputeOnceAsync(string key, ReportQuery query, CancellationToken cancellation)
    {
        var shared = Join(key, query);
        try
        {
            return await shared.Computing.WaitAsync(cancellation);
        }
        finally
        {
            Leave(key, shared);
        }
    }

    SharedAnswer Join(string key, ReportQuery query)
    {
        lock (_gate)
        {
            if (!_computing.TryGetValue(key, out var shared))
                _computing.Add(key, shared = new SharedAnswer(stop => ComputeAsync(key, query, stop)));
            shared.Waiters++;
            return shared;
        }
    }

    /// <summary>Whoever asks after the last has left begins anew, or finds the answer in the cache.</summary>
    void Leave(string key, SharedAnswer shared)
    {
        lock (_gate)
        {
            if (--shared.Waiters > 0)
                return;
            _computing.Remove(key);
        }
        shared.Dispose();
    }

    async Task<ReportAnswer> ComputeAsync(string key, ReportQuery query, CancellationToken cancellation)
    {
        var answer = await engine.RunAsync(query, cancellation);
        await cache.SetAsync(key, AnswerJson.Write(answer), Lifetime, cancellation);
        return answer;
    }

    /// <summary>Of the days asked for and those compared with; and of all before them, where it matters when a visitor or the site was first seen.</summary>
    async ValueTask<string?> VersionAsync(ReportQuery query, CancellationToken cancellation)
    {
        var looksBack = ReportPlan.LooksBack(query);
        var range = query.AllTime || looksBack ? query.Range with { From = ReportLimits.FirstDay } : query.Range;
        var version = await versions.OfAsync(query.Site, range, cancellation);
        if (query.Compare is not { } compare)
            return version;
        var other = await versions.OfAsync(query.Site, looksBack ? compare with { From = ReportLimits.FirstDay } : compare, cancellation);
        return version is null || other is null ? null : version + " " + other;
    }
}
