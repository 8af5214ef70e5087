namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>
/// Which executions the worker still holds as they were after their last committed turn: these need no history in the
/// request. It is asked to hold only those that move on quickly, and few, since each costs it memory until it has been idle
/// for a while. What is known here is forgotten whenever a turn may have gone further in the worker than in the store.
/// </summary>
internal sealed class Sessions
{
    /// <summary>For how long the worker holds an execution that does not go on, by the real clock.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    // Shorter ones cost less to replay than to hold.
    private const int FirstTurn = 3;
    private const int Most = 500;

    private readonly Lock _one = new();
    private readonly Dictionary<long, (int Turns, long LastUsed)> _held = [];

    /// <summary>Whether the worker holds the execution as it is before this turn.</summary>
    public bool Holds(Turn turn)
    {
        lock (_one)
            return _held.TryGetValue(turn.Execution, out var held) && held.Turns == turn.Number && !IsIdle(held.LastUsed);
    }

    /// <summary>Whether the worker is to hold the execution from this turn on.</summary>
    public bool IsWorthwhile(Turn turn)
    {
        if (turn.Number < FirstTurn)
            return false;
        lock (_one)
        {
            if (_held.ContainsKey(turn.Execution) || _held.Count < Most)
                return true;
            foreach (var (execution, held) in _held)
            {
                if (IsIdle(held.LastUsed))
                    _held.Remove(execution);
            }

            return _held.Count < Most;
        }
    }

    /// <summary>The turn is committed, and the worker holds what it led to.</summary>
    public void Keep(Turn turn)
    {
        lock (_one)
            _held[turn.Execution] = (turn.Number + 1, Environment.TickCount64);
    }

    /// <summary>The worker may hold something else than the store: the next turn brings the whole history.</summary>
    public void Forget(long execution)
    {
        lock (_one)
            _held.Remove(execution);
    }

    private static bool IsIdle(long lastUsed) => Environment.TickCount64 - lastUsed > Idle.TotalMilliseconds;
}
