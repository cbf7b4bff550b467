namespace Footfall.Adapters.Spark;

/// <summary>Spark could not be asked, or refused what it was asked.</summary>
/// <param name="errorClass">Spark's name of the error, such as <c>TABLE_OR_VIEW_NOT_FOUND</c>; empty where it gave none.</param>
/// <param name="isAway">Nobody answered: the same may succeed later.</param>
public sealed class SparkException(string message, string errorClass, bool isAway, Exception? inner = null) : Exception(message, inner)
{
    public string ErrorClass { get; } = errorClass;

    public bool IsAway { get; } = isAway;
}
