using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>The controller as every answer must name it (Art. 13(1)(a),(b) GDPR).</summary>
/// <param name="Name">The legal name.</param>
/// <param name="Country">Where it is established: ISO 3166-1 alpha-2.</param>
/// <param name="Address">The postal address, one line.</param>
/// <param name="Officer">The Data Protection Officer (clause S-DPO).</param>
internal sealed record Company(string Name, string Country, string Address, DataProtectionOfficer Officer);

/// <summary>How the Data Protection Officer is reached; an office, not necessarily a person's name.</summary>
internal sealed record DataProtectionOfficer(string Title, string Email);

/// <summary>One system of the company: its data sets lie in one storage account.</summary>
internal sealed record DataSystem(SystemId Id, string Title, ImmutableArray<DataSet> DataSets, bool IsOwn = false);
