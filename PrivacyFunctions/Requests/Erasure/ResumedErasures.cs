using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>What is left of a request to be erased of which holds kept something: each hold's release goes on with a part of it.</summary>
internal sealed class ResumedErasures(CaseStore cases, ErasurePlans plans, People people)
{
    /// <summary>What one of the cases that go on with a request is about.</summary>
    /// <param name="request">That case.</param>
    /// <param name="who">Whose it is.</param>
    /// <param name="cancellation">Stops the look.</param>
    public async Task<RestOfErasure> RestAsync(SubjectRequest request, SubjectKeys who, CancellationToken cancellation)
    {
        var (sets, kept, isLast) = (new HashSet<string>(), new HashSet<string>(), true);
        foreach (var other in await FamilyAsync(request, who, cancellation))
        {
            if (other.Id == request.Id) continue;
            if (!ErasureRules.IsDecided(other))
            {
                isLast &= other.IsClosed;
                continue;
            }

            var plan = await plans.GetAsync(other.Id, other.PlanHash!, cancellation);
            sets.UnionWith(ErasureRules.KeptBy(plan, request.ResumedHold!));
            kept.UnionWith(plan.Lines.Where(line => line.Protection is not null).Select(line => line.DataSet));
        }

        return new(sets, kept, isLast);
    }

    // The request itself, and all that goes on with it.
    private async Task<IReadOnlyList<SubjectRequest>> FamilyAsync(SubjectRequest request, SubjectKeys who, CancellationToken cancellation)
    {
        var own = request.Resumes!.Value;
        var family = new List<SubjectRequest> { await cases.GetAsync<SubjectRequest>(own, cancellation) };
        var ids = (await people.CasesAsync(who.Addresses, cancellation)).ToHashSet();
        foreach (var person in who.Persons) ids.UnionWith(await people.CasesAsync(people.KeyOf(person), cancellation));
        foreach (var id in ids)
            if (await cases.FindAsync(id, cancellation) is { Case: SubjectRequest other } && other.Resumes == own)
                family.Add(other);
        return family;
    }
}

/// <summary>What is left of a request to be erased.</summary>
/// <param name="Sets">What the released hold kept of it.</param>
/// <param name="Kept">What any hold kept of it.</param>
/// <param name="IsLast">Whether nothing else goes on with it at the moment.</param>
internal sealed record RestOfErasure(IReadOnlySet<string> Sets, IReadOnlySet<string> Kept, bool IsLast);
