using Microsoft.DurableTask;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Brings events and those that wait for them together, by name whatever its case. An event that nobody awaits is kept,
/// first in first out. Of several waiters the one that began last gets the event, as in the real SDK since November 2025
/// (pull request 509 of durabletask-dotnet). A cancelled waiter leaves at once, so it never takes an event.
/// </summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, List<IOpenTask>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<string?>> _kept = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether any event is awaited.</summary>
    public bool AreAwaited => _waiters.Values.Any(waiting => waiting.Count > 0);

    /// <summary>Gives the event to a waiter, or keeps it.</summary>
    public void Raise(string name, string? payload)
    {
        if (_waiters.TryGetValue(name, out var waiting) && waiting is [.., var last])
        {
            waiting.RemoveAt(waiting.Count - 1);
            last.Complete(payload);
            return;
        }

        Of(_kept, name).Enqueue(payload);
    }

    /// <summary>Takes the oldest kept event of that name, or waits for the next.</summary>
    /// <exception cref="ArgumentException">Another waiter of that name expects another type.</exception>
    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);

        var waiter = new OpenTask<T>(name, -1, converter);
        if (_kept.TryGetValue(name, out var kept) && kept.TryDequeue(out var payload))
        {
            waiter.Complete(payload);
            return waiter.Task;
        }

        var waiting = Of(_waiters, name);
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

    private static T Of<T>(Dictionary<string, T> all, string name)
        where T : new() => all.TryGetValue(name, out var one) ? one : all[name] = new();
}
