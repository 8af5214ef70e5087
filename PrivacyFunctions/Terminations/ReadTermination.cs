using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Records;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Terminations;

/// <summary>Reads the truth, which the orchestration does whenever something wakes it.</summary>
internal sealed class ReadTermination(CaseStore cases)
{
    public static readonly Step<CaseStep, TerminationStatus> Step = new(nameof(ReadTermination));
    public static readonly Step<CaseStep, TerminationInstants> ReadTerminationDatesStep = new(nameof(ReadTerminationDates));
    public static readonly Step<CaseStep, PurgeEnd> ReadPurgeEndStep = new(nameof(ReadPurgeEnd));

    [Function(nameof(ReadTermination))]
    public async Task<TerminationStatus> RunAsync([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        (await cases.GetAsync<Termination>(step.CaseId, cancellation)).Status;

    /// <summary>The instants of the case's dates; they never change once it took effect.</summary>
    [Function(nameof(ReadTerminationDates))]
    public async Task<TerminationInstants> ReadTerminationDates([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        (await cases.GetAsync<Termination>(step.CaseId, cancellation)).Instants!;

    /// <summary>When the last purge of the case ended.</summary>
    [Function(nameof(ReadPurgeEnd))]
    public async Task<PurgeEnd> ReadPurgeEnd([ActivityTrigger] CaseStep step, CancellationToken cancellation) =>
        new((await cases.GetAsync<Termination>(step.CaseId, cancellation)).PurgedAt!.Value);
}
