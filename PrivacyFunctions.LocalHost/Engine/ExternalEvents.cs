using Microsoft.DurableTask;
using static PrivacyFunctions.LocalHost.Engine.HistoryEvent;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Brings events and those that wait for them together, by name whatever its case. An event that nobody awaits is kept,
/// first in first out. Of several waiters the one that began last gets the event, as in the real SDK since November 2025
/// (pull request 509 of durabletask-dotnet). A cancelled waiter leaves at once, so it never takes an event.
/// </summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, List<IOpenTask>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EventRaised> _kept = [];
    private bool _areForTheNext;

    /// <summary>Whether any event is awaited.</summary>
    public bool AreAwaited => _waiters.Values.Any(waiting => waiting.Count > 0);

    /// <summary>Events that nobody has awaited, in the order in which they came.</summary>
    public IReadOnlyList<EventRaised> Kept => _kept;

    /// <summary>Gives the event to a waiter, or keeps it.</summary>
    public void Raise(EventRaised raised)
    {
        if (!_areForTheNext && _waiters.TryGetValue(raised.Name, out var waiting) && waiting is [.., var last])
        {
            waiting.RemoveAt(waiting.Count - 1);
            last.Complete(raised.Payload);
            return;
        }

        _kept.Add(raised);
    }

    /// <summary>Keeps every event from now on for the next execution, since this one looks at none any more.</summary>
    /// <param name="withEarlier">Whether those that were kept so far stay too.</param>
    public void KeepForTheNext(bool withEarlier)
    {
        _areForTheNext = true;
        if (!withEarlier)
            _kept.Clear();
    }

    /// <summary>Takes the oldest kept event of that name, or waits for the next.</summary>
    /// <exception cref="ArgumentException">Another waiter of that name expects another type.</exception>
    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);

        var waiter = new OpenTask<T>(name, -1, converter);
        var oldest = _kept.FindIndex(raised => string.Equals(raised.Name, name, StringComparison.OrdinalIgnoreCase));
        if (oldest >= 0)
        {
            waiter.Complete(_kept[oldest].Payload);
            _kept.RemoveAt(oldest);
            return waiter.Task;
        }

        var waiting = _waiters.TryGetValue(name, out var others) ? others : _waiters[name] = [];
        if (waiting is [.., var last] && last.ResultType != typeof(T))
        {
            throw new ArgumentException(
                $"Event '{name}' is already awaited as {last.ResultType}, it cannot be awaited as {typeof(T)} too.",
                nameof(name));
        }

        waiting.Add(waiter);
        cancellation.Register(() =>
        {
            if (waiting.Remove(waiter))
                waiter.Cancel(cancellation);
        });
        return waiter.Task;
    }
}
