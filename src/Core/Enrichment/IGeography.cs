using System.Net;

namespace Footfall.Core.Enrichment;

/// <summary>Where an address is. Implementations answer from a file with a version, are thread-safe and never throw.</summary>
public interface IGeography
{
    /// <summary>The place of an address, truncated or whole; <see cref="Place.Unknown"/> where the file does not say.</summary>
    Place Find(IPAddress address);

    /// <summary>Name and date of the file, for the definition version; null when there is none.</summary>
    string? Version { get; }

    /// <summary>The sentence that the file's licence asks to be shown; null when there is none.</summary>
    string? Attribution { get; }
}
