using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodaTime;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Clock;

/// <summary>
/// The legal clock and calendar of this installation. At a pace other than 1 the anchor is the instant of the first start
/// with that pace, kept in the records, so that a restart does not move legal time.
/// </summary>
internal sealed class LegalTime(IOptions<PolicyOptions> options, RecordStorage storage, TimeProvider time)
{
    private const string Table = "privacySettings";
    private static readonly TimeSpan Moments = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private LegalClock? _clock;

    private DateTimeZone Zone => DateTimeZoneProviders.Tzdb[options.Value.LegalTimeZone];

    /// <summary>The public holidays of the controller's seat, and of the places whose law counts by their own.</summary>
    public Calendars Calendars { get; } = HolidayCalendars.Of(options.Value.Holidays);

    /// <summary>The legal instant now, UTC.</summary>
    public async ValueTask<DateTimeOffset> NowAsync(CancellationToken cancellation) =>
        (await ClockAsync(cancellation)).At(time.GetUtcNow());

    /// <summary>
    /// The legal instant now, and not before the given one if that is only moments away: timers fire up to a second early, and
    /// the clocks of two machines differ. Who asks still has to look: an instant that is farther away is not waited for.
    /// </summary>
    public async Task<DateTimeOffset> NowOrAtAsync(DateTimeOffset legal, CancellationToken cancellation)
    {
        var clock = await ClockAsync(cancellation);
        var arrives = clock.Arrives(legal);
        if (arrives - time.GetUtcNow() is var rest && rest > TimeSpan.Zero && rest <= Moments)
            await Task.Delay(rest + Tick, time, cancellation);
        var now = time.GetUtcNow();
        var legalNow = clock.At(now);
        return now >= arrives && legalNow < legal ? legal : legalNow; // what a faster pace rounds
    }

    /// <summary>The local date of a legal instant in the legal time zone.</summary>
    public DateOnly DateOf(DateTimeOffset legal) =>
        Instant.FromDateTimeOffset(legal).InZone(Zone).Date.ToDateOnly();

    /// <summary>The instant (UTC) at which a local date begins in the legal time zone.</summary>
    public DateTimeOffset StartOf(DateOnly date) =>
        Zone.AtStartOfDay(LocalDate.FromDateOnly(date)).ToDateTimeOffset().ToUniversalTime();

    /// <summary>The local date on which a request was received, by whatever channel (L1).</summary>
    public DateOnly ReceivedOn(SubjectRequest request) => request.ReceivedOn ?? DateOf(request.ReceivedAt);

    /// <summary>The local date from which a request's clock runs: that of its receipt, or of an earlier receipt of one that joined it.</summary>
    public DateOnly ClockStartsOn(SubjectRequest request) =>
        ReceivedOn(request) is var own && request.EarlierReceivedOn is { } earlier && earlier < own ? earlier : own;

    /// <summary>
    /// Since when a wish counts that was received on a local date, legal time, UTC. Nobody knows at which hour a letter came: it is taken for
    /// the end of its day, so that it counts against whatever else was said that day.
    /// </summary>
    /// <param name="receivedOn">The day.</param>
    /// <param name="takenInAt">When it was taken in here; if that was on the same day, it counts from then.</param>
    public DateTimeOffset CountsFrom(DateOnly receivedOn, DateTimeOffset takenInAt) =>
        receivedOn < DateOf(takenInAt) ? StartOf(receivedOn.AddDays(1)) : takenInAt;

    /// <summary>What a termination that takes effect at that instant leads to (rule L8).</summary>
    public TerminationFact.Terminated Terminate(TerminationPlan plan, DateTimeOffset legalNow)
    {
        var dates = TerminationClock.Plan(DateOf(legalNow), plan.UndoDays, plan.RetrievalDays);
        return new(dates, new(
            StartOf(dates.UndoOn.AddDays(1)), StartOf(dates.PurgeOn), StartOf(dates.Deadline.AddDays(1))));
    }

    /// <summary>The policy that applies to a termination entered now.</summary>
    public async ValueTask<TerminationPlan> TerminationPlanAsync(CancellationToken cancellation) => new(
        await ClockAsync(cancellation), TimeSpan.FromDays(options.Value.ConfirmationDays), options.Value.UndoDays)
    {
        RetrievalDays = options.Value.RetrievalDays,
    };

    /// <summary>The policy that applies to a case received now.</summary>
    public async ValueTask<CasePlan> PlanAsync(CancellationToken cancellation) => new(
        await ClockAsync(cancellation),
        TimeSpan.FromDays(options.Value.ConfirmationDays),
        TimeSpan.FromDays(options.Value.ResumeDays),
        TimeSpan.FromDays(options.Value.ExportDays))
    {
        PausesForAnswers = options.Value.PauseForAnswers,
    };

    /// <summary>The legal clock itself, to travel in an orchestration's input.</summary>
    public async ValueTask<LegalClock> ClockAsync(CancellationToken cancellation) =>
        _clock ??= options.Value.Pace == 1
            ? LegalClock.Ordinary
            : new(await AnchorAsync(cancellation), options.Value.Pace);

    private async Task<DateTimeOffset> AnchorAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var row = new TableEntity("legal-clock", FormattableString.Invariant($"pace-{options.Value.Pace}"))
        {
            ["Anchor"] = time.GetUtcNow(),
        };
        try
        {
            await table.AddEntityAsync(row, cancellation);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // Another start was first: its anchor holds for all.
        }

        return (await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellation))
            .Value.GetDateTimeOffset("Anchor")!.Value;
    }
}

/// <summary>Refuses settings that would make legal time run ahead outside Development, or that name no time zone or calendar.</summary>
internal sealed class ValidatePolicy(IHostEnvironment environment) : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options) =>
        options.Pace != 1 && !environment.IsDevelopment()
            ? ValidateOptionsResult.Fail("Policy:Pace other than 1 starts only in the Development environment.")
            : DateTimeZoneProviders.Tzdb.GetZoneOrNull(options.LegalTimeZone) is null
                ? ValidateOptionsResult.Fail("Policy:LegalTimeZone is not the name of a time zone.")
                : !HolidayCalendars.Seats.Contains(options.Holidays)
                    ? ValidateOptionsResult.Fail($"Policy:Holidays is one of {string.Join(", ", HolidayCalendars.Seats)}.")
                    : ValidateOptionsResult.Success;
}
