namespace Footfall.EndToEnd.Harness;

/// <summary>How a server is started.</summary>
public sealed record ServerOptions
{
    /// <summary>The data folder; null makes one that goes with the server.</summary>
    public string? Data { get; init; }

    /// <summary>Port 0 takes a free one; the server says which.</summary>
    public string Listen { get; init; } = "127.0.0.1:0";

    /// <summary>Events per second of one address: everything here comes from one.</summary>
    public int EventsPerSecondPerAddress { get; init; }

    /// <summary>Proxies whose X-Forwarded-For is believed; null is none.</summary>
    public string? TrustedProxies { get; init; }

    /// <summary>Further variables of the process's environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
