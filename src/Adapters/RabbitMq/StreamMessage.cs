namespace Footfall.Adapters.RabbitMq;

/// <summary>One message as a stream gave it.</summary>
/// <param name="Offset">Its number in the stream.</param>
/// <param name="SentAt">When it was sent, by its sender's clock; whole seconds.</param>
sealed record StreamMessage(long Offset, DateTimeOffset SentAt, ReadOnlyMemory<byte> Body);
