namespace Footfall.Adapters.EmbeddedLog;

/// <summary>The disk is nearly full. Nothing was written, so the active segment is as good as before.</summary>
sealed class LowSpaceException(string message) : IOException(message);
