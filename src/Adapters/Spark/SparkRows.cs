using Apache.Arrow;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.Spark;

/// <summary>The rows of a statement that Spark ran, in columns of Arrow. What DuckDB has as unsigned has the same bits here.</summary>
sealed class SparkRows(IReadOnlyList<RecordBatch> batches) : ISqlRows
{
    int _batch;
    int _row = -1;

    RecordBatch Batch => batches[_batch];

    public bool Read()
    {
        for (_row++; _batch < batches.Count; (_batch, _row) = (_batch + 1, 0))
        {
            if (_row < Batch.Length)
                return true;
        }
        return false;
    }

    public bool IsDBNull(int column) => Batch.Column(column).IsNull(_row);

    public bool GetBoolean(int column) => ((BooleanArray)Batch.Column(column)).GetValue(_row)!.Value;

    public int GetInt32(int column) => ((Int32Array)Batch.Column(column)).GetValue(_row)!.Value;

    public long GetInt64(int column) => ((Int64Array)Batch.Column(column)).GetValue(_row)!.Value;

    public double GetDouble(int column) => ((DoubleArray)Batch.Column(column)).GetValue(_row)!.Value;

    public string GetString(int column) => ((StringArray)Batch.Column(column)).GetString(_row);

    public DateTime GetDateTime(int column) => DateTime.SpecifyKind(
        DateTime.UnixEpoch.AddTicks(((TimestampArray)Batch.Column(column)).GetValue(_row)!.Value * TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);

    public DateOnly GetDate(int column) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(((Date32Array)Batch.Column(column)).GetValue(_row)!.Value);

    public IReadOnlyList<ulong> GetNumbers(int column)
    {
        var values = (Int64Array)((ListArray)Batch.Column(column)).GetSlicedValues(_row);
        var numbers = new ulong[values.Length];
        for (var index = 0; index < numbers.Length; index++)
            numbers[index] = unchecked((ulong)values.GetValue(index)!.Value);
        return numbers;
    }
}
