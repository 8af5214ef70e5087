using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports.Model;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>One data set to be searched for a case.</summary>
internal sealed record GatherStep(CaseId CaseId, string DataSet);

/// <summary>The data sets to search.</summary>
internal sealed record DataSetList(IReadOnlyList<string> DataSets);

/// <summary>What one data set held.</summary>
internal sealed record SearchedSet(string DataSet, long Records, int Files);

/// <summary>What the package is to be made from.</summary>
internal sealed record PackageStep(CaseId CaseId, IReadOnlyList<SearchedSet> Sets);

/// <summary>The package as it was stored.</summary>
internal sealed record PackagedExport(CaseId CaseId, PackageContents Contents);

/// <summary>Until when the package is offered; legal time, UTC.</summary>
internal sealed record ExportOffer(DateTimeOffset Until);
