namespace Footfall.Core.Search;

/// <summary>Raw hits cannot be searched here and now. Nothing else depends on it.</summary>
public sealed class HitSearchUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
