using Microsoft.Azure.Functions.Worker;

namespace PrivacyFunctions.Tests.Hosting;

/// <summary>Timer functions that write down when they run.</summary>
internal static class TimerTestFunctions
{
    internal sealed class Daily(Journal journal)
    {
        [Function(nameof(Daily))]
        public void Run([TimerTrigger("0 0 12 * * *")] TimerInfo timer) => journal.Add(timer.IsPastDue ? "Daily past due" : "Daily");
    }

    internal sealed class EveryMinute(Journal journal)
    {
        [Function(nameof(EveryMinute))]
        public ValueTask Run([TimerTrigger("* * * * *")] TimerInfo timer)
        {
            journal.Add(timer.IsPastDue ? "past due" : nameof(EveryMinute));
            return ValueTask.CompletedTask;
        }
    }

    internal sealed class EverySecond(Journal journal)
    {
        [Function(nameof(EverySecond))]
        public void Run([TimerTrigger("* * * * * *")] TimerInfo timer) => journal.Add($"EverySecond {timer.ScheduleStatus}");
    }

    internal sealed class Unmonitored(Journal journal)
    {
        [Function(nameof(Unmonitored))]
        public void Run([TimerTrigger("0 0 12 * * *", UseMonitor = false)] TimerInfo timer) =>
            journal.Add($"Unmonitored {timer.ScheduleStatus}");
    }

    internal sealed class FromSetting(Journal journal)
    {
        [Function(nameof(FromSetting))]
        public void Run([TimerTrigger("%Timers:Nightly%")] TimerInfo timer) =>
            journal.Add(timer.IsPastDue ? "past due" : nameof(FromSetting));
    }

    internal sealed class Malformed
    {
        [Function(nameof(Malformed))]
        public static void Run([TimerTrigger("every day")] TimerInfo timer) => _ = timer;
    }

    internal sealed class AtStart(Journal journal)
    {
        [Function(nameof(AtStart))]
        public void Run([TimerTrigger("0 0 12 * * *", RunOnStartup = true)] TimerInfo timer) =>
            journal.Add(timer.IsPastDue ? "past due" : nameof(AtStart));
    }

    internal sealed class Failing
    {
        [Function(nameof(Failing))]
        public static Task Run([TimerTrigger("0 0 12 * * *")] TimerInfo timer) =>
            Task.FromException(new InvalidOperationException($"secret {timer}"));
    }

    internal sealed class Slow(Journal journal)
    {
        public static TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Function(nameof(Slow))]
        public async Task Run([TimerTrigger("0 0 12 * * *")] TimerInfo timer, CancellationToken cancellation)
        {
            journal.Add("begins");
            await Gate.Task.WaitAsync(cancellation);
            journal.Add("ends");
        }
    }

    internal sealed class Told(Journal journal)
    {
        [Function(nameof(Told))]
        public void Run([TimerTrigger("0 0 12 * * *")] TimerInfo timer)
            => journal.Add($"{timer.ScheduleStatus!.Last:s} {timer.ScheduleStatus.Next:s} {timer.ScheduleStatus.Next.Kind}");
    }
}
