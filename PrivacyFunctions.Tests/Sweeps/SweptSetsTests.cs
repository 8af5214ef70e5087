using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sweeps;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sweeps;

/// <summary>Nothing is kept for ever: each data set of the map ends in exactly one way.</summary>
[Clause("K-SCHEDULE")]
public class SweptSetsTests
{
    private static readonly DataMapRegister Map = DataMapRegister.LoadEmbedded();

    [Fact]
    public void DataSets_EachOne_EndsWithAnAccountOrByTheSweepOrByWhatTheListSays()
    {
        var swept = new SweptSets(Map).All.Select(set => set.Id.Value).ToHashSet();
        var withAccount = Map.DataSets.Where(set => set.Retention is Retention.AccountLife).Select(set => set.Id.Value).ToHashSet();

        Assert.Equal(
            Map.DataSets.Select(set => set.Id.Value).Order(),
            swept.Concat(withAccount).Concat(SweptSets.EndedBy.Keys).Order());
        Assert.Subset(swept, Map.Gathered.Select(set => set.Id.Value).Except(withAccount).ToHashSet());
    }

    [Fact]
    public void WhatGoesWithACase_IsFoundByTheCase() => Assert.All(
        ClosedCases.WithTheCase, id => Assert.Equal(KeyKind.Case, Map[DataSetId.Parse(id)].Find!.Key.Kind));

    [Fact]
    public void Beside_SetsOfOneTable_KnowEachOther()
    {
        var sets = new SweptSets(Map);
        Assert.Equal(["referrals-made"], sets.Beside(sets["referrals-received"]).Select(set => set.Id.Value));
        Assert.Empty(sets.Beside(sets["usage-log"]));
    }
}
