namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Clients that wait for an instance to move on: each is woken by a change of that instance, and by no other.</summary>
internal sealed class InstanceWaiters
{
    private readonly Lock _one = new();
    private readonly Dictionary<string, (Signal Changed, int Waiters)> _waiting = [];

    /// <summary>Looks until it finds something, once at first and again after each change of the instance.</summary>
    public async Task<T> WaitAsync<T>(string id, Func<T?> look, CancellationToken cancellation)
        where T : class
    {
        var changed = Enter(id);
        try
        {
            while (true)
            {
                var change = changed.Next;
                if (look() is { } found)
                    return found;
                await change.WaitAsync(cancellation);
            }
        }
        finally
        {
            Leave(id);
        }
    }

    public void Raise(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            lock (_one)
            {
                if (_waiting.TryGetValue(id, out var waiting))
                    waiting.Changed.Raise();
            }
        }
    }

    private Signal Enter(string id)
    {
        lock (_one)
        {
            var (changed, waiters) = _waiting.TryGetValue(id, out var others) ? others : (new Signal(), 0);
            _waiting[id] = (changed, waiters + 1);
            return changed;
        }
    }

    private void Leave(string id)
    {
        lock (_one)
        {
            var (changed, waiters) = _waiting[id];
            if (waiters == 1)
                _waiting.Remove(id);
            else
                _waiting[id] = (changed, waiters - 1);
        }
    }
}
