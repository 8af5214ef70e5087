using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>What is left of a request to be erased of which holds kept something: each hold's release goes on with a part of it.</summary>
internal sealed class ResumedErasures(CaseStore cases, ErasurePlans stored, People people)
{
    /// <summary>What one of the cases that go on with a request is about.</summary>
    /// <param name="request">That case.</param>
    /// <param name="who">Whose it is.</param>
    /// <param name="cancellation">Stops the look.</param>
    public async Task<RestOfErasure> RestAsync(ErasureRequest request, SubjectKeys who, CancellationToken cancellation)
    {
        var others = (await FamilyAsync(request, who, cancellation)).Where(other => other.Id != request.Id).ToList();
        var plans = new List<ErasurePlan>();
        foreach (var decided in others.Where(ErasureRules.IsDecided))
            plans.Add(await stored.GetAsync(decided.Id, decided.PlanHash!, cancellation));

        var open = others.Where(other => !other.IsClosed && !ErasureRules.IsDecided(other)).ToList();
        return new(
            KeptBy(request.ResumedHold!),
            plans.SelectMany(plan => plan.Lines).Where(line => line.Protection is not null).Select(line => line.DataSet).ToHashSet(),
            open.Select(other => other.ResumedHold).OfType<string>().SelectMany(KeptBy).ToHashSet(),
            open.TrueForAll(other => ErasureRules.LeavesTheDirectoryTo(other, request)));

        HashSet<string> KeptBy(string hold) => plans.SelectMany(plan => ErasureRules.KeptBy(plan, hold)).ToHashSet();
    }

    // The request itself, and all that goes on with it.
    private async Task<IReadOnlyList<ErasureRequest>> FamilyAsync(ErasureRequest request, SubjectKeys who, CancellationToken cancellation)
    {
        var own = request.Resumes!.Value;
        var family = new List<ErasureRequest> { await cases.GetAsync<ErasureRequest>(own, cancellation) };
        var ids = (await people.CasesAsync(who.Addresses, cancellation)).ToHashSet();
        foreach (var person in who.Persons) ids.UnionWith(await people.CasesAsync(people.KeyOf(person), cancellation));
        foreach (var id in ids)
            if (await cases.FindAsync(id, cancellation) is { Case: ErasureRequest other } && other.Resumes == own)
                family.Add(other);
        return family;
    }
}

/// <summary>What is left of a request to be erased.</summary>
/// <param name="Sets">What the released hold kept of it.</param>
/// <param name="Kept">What any hold kept of it.</param>
/// <param name="Pending">What other cases go on with at the moment.</param>
/// <param name="IsLast">Whether the directory entry goes with this one.</param>
internal sealed record RestOfErasure(
    IReadOnlySet<string> Sets, IReadOnlySet<string> Kept, IReadOnlySet<string> Pending, bool IsLast);
