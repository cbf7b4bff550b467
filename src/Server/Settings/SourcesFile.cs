using Footfall.Core.Enrichment;

namespace Footfall.Server.Settings;

/// <summary>The table of traffic sources: the program's, with the operator's rows over it.</summary>
static class SourcesFile
{
    /// <exception cref="UserErrorException">The operator's table cannot be read; the message says why.</exception>
    public static KnownSources Read(FootfallSettings settings)
    {
        if (settings.SourcesFile is not { } file)
            return KnownSources.Bundled;
        try
        {
            return KnownSources.BundledWith(File.ReadAllText(file));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UserErrorException($"The table of sources {file} cannot be read: {refused.Message}", refused);
        }
    }
}
