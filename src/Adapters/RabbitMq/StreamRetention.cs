using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Footfall.Core.HitLog;

namespace Footfall.Adapters.RabbitMq;

/// <summary>
/// Deletes what every reader has released. A broker deletes whole segments by age alone, and would go on doing so whether or not anybody has read
/// them; so a limit is set for a moment, to an age that only what is released has reached, and taken away again at once. A limit that a crash left
/// behind is taken away first.
/// </summary>
sealed class StreamRetention : IDisposable
{
    /// <summary>For clocks that differ and times in whole seconds. What is younger than that beyond the slowest reader's place stays.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    static readonly TimeSpan Effect = TimeSpan.FromSeconds(1);

    readonly RabbitMqHitLogOptions _options;
    readonly HttpClient _management;
    readonly string _host;

    public StreamRetention(RabbitMqHitLogOptions options, Uri management)
    {
        _options = options;
        _management = new HttpClient { BaseAddress = new Uri(management.GetLeftPart(UriPartial.Authority)), Timeout = TimeSpan.FromSeconds(10) };
        if (management.UserInfo.Length > 0)
            _management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        var path = options.Nodes[0].AbsolutePath.Trim('/');
        _host = path.Length == 0 ? "%2F" : path;
    }

    /// <summary>Deletes whole segments of a partition that end before its slowest reader's place.</summary>
    /// <param name="sentAt">When what stands at that place was sent; now, when nothing stands there.</param>
    /// <exception cref="HitLogUnavailableException">The management API does not do it.</exception>
    public async Task DeleteBeforeAsync(int partition, DateTimeOffset sentAt, CancellationToken cancellation)
    {
        var age = _options.Time.GetUtcNow() - sentAt + Margin;
        var policy = new
        {
            pattern = $"^{Regex.Escape(_options.StreamOf(partition))}$",
            definition = new Dictionary<string, string> { ["max-age"] = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (long)age.TotalSeconds)}s") },
            priority = 1000,
        };
        var address = $"/api/policies/{_host}/{Uri.EscapeDataString(_options.StreamOf(partition) + ".released")}";
        try
        {
            await _management.DeleteAsync(address, cancellation);
            (await _management.PutAsJsonAsync(address, policy, cancellation)).EnsureSuccessStatusCode();
            await Task.Delay(Effect, _options.Time, cancellation);
        }
        catch (Exception refused) when (refused is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new HitLogUnavailableException($"the queue's management API cannot be used: {refused.Message}", refused);
        }
        finally
        {
            await TakeAwayAsync(address);
        }
    }

    public void Dispose() => _management.Dispose();

    async Task TakeAwayAsync(string address)
    {
        try
        {
            await _management.DeleteAsync(address, CancellationToken.None);
        }
        catch (Exception refused) when (refused is HttpRequestException or TaskCanceledException)
        {
            // The next attempt takes it away before it sets another.
        }
    }
}
