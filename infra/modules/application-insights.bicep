metadata description = 'Telemetry of the app. Only the app writes it, by its identity, and addresses of visitors are not kept.'

// A mailed link is a key: its token must not stand in telemetry, which more people read than may open a case. So it is not masked
// afterwards (a workspace's transformation masks what is stored, but not what Live Metrics shows, and it is one setting away from
// being off), it is not collected: host.json turns off
// - httpAutoCollectionOptions.enableHttpTriggerExtendedInfoCollection: the host then notes a request under its function's name,
//   with duration and success, without URL and status code;
// - enableDependencyTracking: the host's own call to the worker repeats the request's path;
// - enableLiveMetrics: they show log lines that the levels below keep out of the store;
// and it holds the categories that log paths at Warning. A test keeps host.json that way, and no app setting here overrides it.

@description('The name of the component.')
param name string

@description('The Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('The workspace that keeps the telemetry.')
param workspaceId string

@description('The object id of the identity that may write telemetry.')
param writerPrincipalId string

var roleIds = loadJsonContent('../roles.json')

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableIpMasking: false
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: workspaceId
  }
}

resource writing 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: component
  name: guid(component.id, writerPrincipalId, 'Monitoring Metrics Publisher')
  properties: {
    principalId: writerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds['Monitoring Metrics Publisher'])
  }
}

// Says where telemetry goes, and opens nothing: with local authentication off, only the role above lets anybody write.
output connectionString string = component.properties.ConnectionString
