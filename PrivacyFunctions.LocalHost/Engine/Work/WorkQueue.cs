namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Which rows of the database are to be worked on, by their numbers, in the order in which they came up. It holds no more
/// than the numbers. A number is worked on by one at a time; one that comes up again meanwhile is worked on once more.
/// </summary>
internal sealed class WorkQueue
{
    private readonly Lock _one = new();
    private readonly Queue<long> _queue = new();
    private readonly HashSet<long> _queued = [];
    private readonly HashSet<long> _running = [];
    private readonly HashSet<long> _again = [];
    private readonly PriorityQueue<long, long> _later = new();

    /// <summary>There may be something to take.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Nothing is left to do.</summary>
    public Signal Emptied { get; } = new();

    /// <summary>Whether nothing is queued, running, or waiting to be tried again.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_one)
                return _queued.Count + _running.Count + _later.Count == 0;
        }
    }

    /// <summary>The next time stamp at which something is to be tried again.</summary>
    public long? NextRetry
    {
        get
        {
            lock (_one)
                return _later.TryPeek(out _, out var at) ? at : null;
        }
    }

    public void Add(IReadOnlyCollection<long> numbers)
    {
        if (numbers.Count == 0)
            return;
        lock (_one)
        {
            foreach (var number in numbers)
                Add(number);
        }

        Changed.Raise();
    }

    public bool TryTake(out long number)
    {
        lock (_one)
        {
            if (!_queue.TryDequeue(out number))
                return false;
            _queued.Remove(number);
            _running.Add(number);
            return true;
        }
    }

    /// <summary>What was taken is done with, or is to be tried again from a time stamp on: those flow while the clock stands still
    /// for everything to be done, which what is tried again belongs to.</summary>
    public void Done(long number, long? tryAgainAt = null)
    {
        bool isEmpty;
        lock (_one)
        {
            _running.Remove(number);
            var again = _again.Remove(number);
            if (tryAgainAt is { } at)
                _later.Enqueue(number, at);
            else if (again)
                Add(number);
            isEmpty = _queued.Count + _running.Count + _later.Count == 0;
        }

        Changed.Raise();
        if (isEmpty)
            Emptied.Raise();
    }

    /// <summary>Queues what is to be tried again by now.</summary>
    public void Revive(long now)
    {
        lock (_one)
        {
            while (_later.TryPeek(out var number, out var at) && at <= now)
            {
                _later.Dequeue();
                Add(number);
            }
        }

        Changed.Raise();
    }

    private void Add(long number)
    {
        if (_running.Contains(number))
            _again.Add(number);
        else if (_queued.Add(number))
            _queue.Enqueue(number);
    }
}
