using System.Diagnostics.Metrics;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.LocalHost.TimeMachine;

/// <summary>Adds up what the app says it has deleted; see <see cref="Deletions"/>. It hears the whole process.</summary>
internal sealed class DeletionCounts : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private Dictionary<string, long> _counts = [];

    public DeletionCounts()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Name: Deletions.CounterName, Meter.Name: Deletions.MeterName })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, items, tags, _) => Add(items, tags));
        _listener.Start();
    }

    /// <summary>What was deleted since the last <see cref="Take"/>.</summary>
    public IReadOnlyDictionary<string, long> Look()
    {
        lock (_gate)
            return new Dictionary<string, long>(_counts);
    }

    /// <summary>The same, and counting begins anew.</summary>
    public IReadOnlyDictionary<string, long> Take()
    {
        lock (_gate)
        {
            var taken = _counts;
            _counts = [];
            return taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(long items, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key != Deletions.What || value is not string what)
                continue;
            lock (_gate)
                _counts[what] = _counts.GetValueOrDefault(what) + items;
        }
    }
}
