using System.Net.Http.Headers;
using System.Text;

namespace Footfall.Adapters.Elastic;

/// <summary>One node of several that do the same. One that fails is left alone for a while, the longer the more often it failed in a row. Thread-safe.</summary>
sealed class HttpNode
{
    static readonly TimeSpan LeftAloneMost = TimeSpan.FromSeconds(30);

    readonly TimeProvider _time;
    readonly AuthenticationHeaderValue? _authorization;
    int _failures;
    long _failedAt;

    public HttpNode(Uri address, string? apiKey, TimeProvider time)
    {
        _time = time;
        _authorization = apiKey is not null
            ? new AuthenticationHeaderValue("ApiKey", apiKey)
            : address.UserInfo.Length > 0 ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))) : null;
        Address = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
    }

    /// <summary>Without name and password.</summary>
    public Uri Address { get; }

    public bool IsDead => Volatile.Read(ref _failures) > 0;

    /// <summary>Whether it may be asked although it failed; of all who ask at once, one may.</summary>
    public bool MayBeTried()
    {
        var since = Interlocked.Read(ref _failedAt);
        return _time.GetElapsedTime(since) >= LeftAlone && Interlocked.CompareExchange(ref _failedAt, _time.GetTimestamp(), since) == since;
    }

    public void Failed()
    {
        Interlocked.Exchange(ref _failedAt, _time.GetTimestamp());
        Interlocked.Increment(ref _failures);
    }

    public void Answered() => Volatile.Write(ref _failures, 0);

    public HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, new Uri(Address, path)) { Headers = { Authorization = _authorization } };

    TimeSpan LeftAlone
    {
        get
        {
            var seconds = TimeSpan.FromSeconds(1 << Math.Min(5, Volatile.Read(ref _failures) - 1));
            return seconds < LeftAloneMost ? seconds : LeftAloneMost;
        }
    }
}
