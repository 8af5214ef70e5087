namespace PrivacyFunctions.Tests.Cases;

/// <summary>A clock that waits hardly at all.</summary>
internal sealed class Hurried : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime / 40, period);
}
